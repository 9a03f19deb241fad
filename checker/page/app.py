"""What the page answers: the form, a check on its way, its report and the files to fetch."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from checker.messages import LANGUAGES, text
from checker.page.guard import Guard, TooLarge
from checker.page.jobs import Job, Jobs, Upload
from checker.rulefile import shipped
from checker.yamlsource import read_yaml

_HERE = Path(__file__).parent
MOST_FILES = 100


class Page:
    """The page of one process: its token, its jobs and its routes."""

    def __init__(self, jobs: Jobs, port: int, rules: str, lang: str, limit: int) -> None:
        self.token = secrets.token_urlsafe(24)
        self.address = f"http://127.0.0.1:{port}/{self.token}/"
        self._jobs, self._rules, self._lang, self._limit = jobs, rules, lang, limit
        loader = FileSystemLoader(_HERE)
        self._templates = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        base = f"/{self.token}"
        routes = [
            Route(f"{base}/", self._form, methods=["GET"]),
            Route(f"{base}/check", self._check, methods=["POST"]),
            Route(f"{base}/style.css", self._style, methods=["GET"]),
            Route(f"{base}/script.js", self._script, methods=["GET"]),
            Route(f"{base}/job/{{id}}", self._job, methods=["GET"]),
            Route(f"{base}/job/{{id}}/report", self._report, methods=["GET"]),
            Route(f"{base}/job/{{id}}/file/{{name}}", self._file, methods=["GET"]),
            Route(f"{base}/job/{{id}}/forget", self._forget, methods=["POST"]),
        ]
        self.app = Guard(Starlette(routes=routes), port, self.token, limit)

    def _shown(self, name: str, lang: str, status: int = 200, **more: object) -> HTMLResponse:
        def say(key: str, **args: object) -> str:
            return text(f"page.{key}", lang, {k: str(v) for k, v in args.items()})

        made = self._templates.get_template(name).render(
            lang=lang, say=say, base=f"/{self.token}", languages=LANGUAGES, limit=self._limit // 1_000_000, **more
        )
        return HTMLResponse(made, status)

    async def _form(self, request: Request) -> Response:
        lang = _language(request.query_params.get("lang", ""), self._lang)
        return self._shown("form.html.j2", lang, rulesets=_rulesets(), chosen=self._rules, fault="")

    async def _check(self, request: Request) -> Response:
        lang = self._lang
        try:
            async with request.form(max_files=MOST_FILES, max_fields=10) as form:
                lang = _language(str(form.get("lang", "")), self._lang)
                files, prior = await _uploads(form, "files"), await _uploads(form, "prior")
                rules = str(form.get("rules", ""))
        except TooLarge:
            fault = text("page.too_large", lang, {"limit": str(self._limit // 1_000_000)})
            return self._shown("form.html.j2", lang, 413, rulesets=_rulesets(), chosen=self._rules, fault=fault)
        if not files or rules not in _rulesets():
            fault = text("page.no_file" if not files else "page.no_rules", lang)
            return self._shown("form.html.j2", lang, 400, rulesets=_rulesets(), chosen=self._rules, fault=fault)
        job = self._jobs.start(files, prior, rules, lang)
        return RedirectResponse(f"/{self.token}/job/{job.id}?lang={lang}", 303)

    async def _job(self, request: Request) -> Response:
        lang = _language(request.query_params.get("lang", ""), self._lang)
        job = self._known(request)
        if job is None:
            return self._shown("gone.html.j2", lang, 404)
        files = [(n, quote(n)) for n in (job.result.files if job.result else ())]
        return self._shown("job.html.j2", lang, job=job, files=files)

    async def _report(self, request: Request) -> Response:
        job = self._known(request)
        if job is None or job.result is None or not job.result.html:
            return self._shown("gone.html.j2", self._lang, 404)
        policy = job.result.html.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]
        return HTMLResponse(job.result.html, headers={"content-security-policy": f"{policy}; frame-ancestors 'none'"})

    async def _file(self, request: Request) -> Response:
        job = self._known(request)
        content = job.result.files.get(request.path_params["name"]) if job and job.result else None
        if content is None:
            return self._shown("gone.html.j2", self._lang, 404)
        named = f"attachment; filename*=UTF-8''{quote(request.path_params['name'])}"
        return Response(content, media_type="application/octet-stream", headers={"content-disposition": named})

    async def _forget(self, request: Request) -> Response:
        self._jobs.forget(request.path_params["id"])
        return RedirectResponse(f"/{self.token}/", 303)

    def _known(self, request: Request) -> Job | None:
        return self._jobs.get(request.path_params["id"])

    async def _style(self, _: Request) -> Response:
        return Response((_HERE / "style.css").read_bytes(), media_type="text/css")

    async def _script(self, _: Request) -> Response:
        return Response((_HERE / "script.js").read_bytes(), media_type="text/javascript")


def _language(asked: str, own: str) -> str:
    return asked if asked in LANGUAGES else own


@cache
def _rulesets() -> dict[str, Mapping[str, str]]:
    """The titles of the shipped rule sets by id, each in every language."""
    return {name: read_yaml(path).data["ruleset"]["title"] for name, path in sorted(shipped().items())}


async def _uploads(form: FormData, field: str) -> list[Upload]:
    """The files of a field that were chosen; an empty one is what a browser sends for none."""
    found = [f for f in form.getlist(field) if isinstance(f, UploadFile) and f.filename]
    return [(str(f.filename), await f.read()) for f in found]
