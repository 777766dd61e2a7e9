# Sets up .venv inside the checkout; dot-sourced by run.ps1 and test.ps1.

function Find-Python {
    foreach ($version in '3.13', '3.12', '3.11') {
        if (Get-Command py -ErrorAction SilentlyContinue) {
            & py "-$version" -c 'pass' 2>$null
            if ($LASTEXITCODE -eq 0) { return @('py', "-$version") }
        }
    }
    if (Get-Command python -ErrorAction SilentlyContinue) {
        & python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>$null
        if ($LASTEXITCODE -eq 0) { return @('python') }
    }
    throw 'Canvas App needs Python 3.11, 3.12 or 3.13, and found none. Install it, then run this again.'
}

function Install-Environment([string]$Lock) {
    $script:VenvPython = Join-Path $PWD '.venv\Scripts\python.exe'
    $mark = Join-Path $PWD '.venv\installed.lock'
    if ((Test-Path $VenvPython) -and (Test-Path $mark) -and
        ((Get-FileHash $mark).Hash -eq (Get-FileHash $Lock).Hash)) { return }
    $python = @(Find-Python)
    $rest = @($python | Select-Object -Skip 1)
    & $python[0] @rest -m venv --clear .venv
    if ($LASTEXITCODE -ne 0) { throw 'The environment could not be made.' }
    & $VenvPython -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --only-binary :all: -r $Lock
    if ($LASTEXITCODE -ne 0) { throw 'The packages could not be installed.' }
    & $VenvPython -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation --editable .
    if ($LASTEXITCODE -ne 0) { throw 'Canvas App could not be installed.' }
    Copy-Item $Lock $mark
}
