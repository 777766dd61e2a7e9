# Sets up what is missing, then opens the window; arguments go to canvas-app.
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..\..')
. (Join-Path $PSScriptRoot 'setup.ps1')
Install-Environment 'installers\requirements.lock'
& $VenvPython -m canvas_app @args
exit $LASTEXITCODE
