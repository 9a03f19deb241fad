"""An example for pipelines outside this tool: long form is checked on its way in."""
