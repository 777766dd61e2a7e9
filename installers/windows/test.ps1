# Sets up what is missing, then runs every test, offscreen; arguments go to pytest.
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..\..')
. (Join-Path $PSScriptRoot 'setup.ps1')
Install-Environment 'installers\requirements-dev.lock'
$env:QT_QPA_PLATFORM = 'offscreen'
$env:MLFLOW_DISABLE_TELEMETRY = 'true'
if ($args.Count -gt 0) { & $VenvPython -m pytest @args } else { & $VenvPython -m pytest -n auto --dist worksteal }
exit $LASTEXITCODE
