"""The auditor's working paper: read back as a spreadsheet program would, and performed again by one."""
