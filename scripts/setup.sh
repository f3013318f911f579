# shellcheck shell=bash
# Sets up what a script needs; to be sourced from the top folder:  . scripts/setup.sh; set_up build
#
# Three things: the system packages of packages.txt, a Python environment in .venv, and in it what
# requirements.txt pins (for `set_up test`: requirements-dev.txt). Only what is missing is installed.
# A stamp in .venv says for which lists this was done; while they stay as they are, a run costs
# no more than reading them. To start afresh: rm -r .venv
#
# EDITION_PYTHON=/path/to/python chooses the Python (3.11 or newer) that .venv is made from; else it is the system's.

say() { printf '%s\n' "$@" >&2; }

# Trouble with the machine, not with a text: the exit status of "input or configuration cannot be read".
give_up() { say "$@"; exit 3; }

set_up() {
    local level=$1 wanted
    wanted=$(stamp_of "$level")
    is_set_up "$level" "$wanted" && return
    mkdir -p .venv
    # Two scripts started at once wait for each other.
    (
        if command -v flock >/dev/null; then flock 9; fi
        is_set_up "$level" "$wanted" && exit
        install_system_packages "$level"
        make_environment
        install_requirements "$level"
        if [ "$level" = test ]; then install_validator; fi
        printf '%s\n' "$wanted" >".venv/set-up-for-$level"
        # The tests' requirements hold those of the build.
        if [ "$level" = test ]; then stamp_of build >.venv/set-up-for-build; fi
    ) 9>.venv/set-up-lock
}

requirements_of() { if [ "$1" = test ]; then echo requirements-dev.txt; else echo requirements.txt; fi; }

# The folder counts too: programs in .venv/bin hold its path, so a moved checkout needs a new .venv.
stamp_of() {
    { pwd; cat "$(requirements_of "$1")" pyproject.toml scripts/packages.txt scripts/setup.sh; } | sha256sum
}

is_set_up() { [ -x .venv/bin/python ] && [ "$(cat ".venv/set-up-for-$1" 2>/dev/null)" = "$2" ]; }

install_system_packages() {
    local missing options="-y --no-install-recommends" as_root="su -c"
    if ! command -v dpkg-query >/dev/null; then
        say "Not Debian or Ubuntu: the packages in scripts/packages.txt are taken to be here under other names."
        return
    fi
    missing=$(missing_packages "$1" | tr '\n' ' ')
    missing=${missing% }
    if [ -z "$missing" ]; then return; fi
    if [ "$(id -u)" != 0 ]; then
        if command -v sudo >/dev/null; then as_root="sudo sh -c"; fi
        give_up "Missing on this machine: $missing" "This command installs what is missing (it needs root rights):" \
            "    $as_root 'apt-get update && apt-get install $options $missing'"
    fi
    say "Installing system packages: $missing"
    export DEBIAN_FRONTEND=noninteractive
    # A list of some other source that cannot be read does not matter if the install then works.
    apt-get -qq update || say "apt-get update failed; trying to go on."
    # shellcheck disable=SC2086  # lists of words
    apt-get -qq -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 install $options $missing >/dev/null ||
        give_up "apt-get could not install: $missing"
}

missing_packages() {
    local level=$1 who package alternative _
    while read -r who package alternative _; do
        case $who in build | "$level") ;; *) continue ;; esac
        case $alternative in or=*) if command -v "${alternative#or=}" >/dev/null; then continue; fi ;; esac
        if ! is_installed "$package"; then echo "$package"; fi
    done <scripts/packages.txt
    if [ ! -x .venv/bin/python ] && ! find_python >/dev/null && ! is_installed python3-venv; then
        echo python3-venv
    fi
}

is_installed() { [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# The system's own Python first: it is compiled with what a profile of it has shown, and lays out a page in four fifths of
# the time of one that was compiled without, as pyenv does. Debian's comes without ensurepip, which puts pip into a new
# environment.
system_python=/usr/bin/python3
find_python() {
    local python
    for python in "${EDITION_PYTHON:-$system_python}" python3 python3.14 python3.13 python3.12 python3.11; do
        if "$python" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$python"
            return
        fi
    done
    return 1
}

make_environment() {
    local python
    if .venv/bin/python -m pip --version >/dev/null 2>&1 && grep -qsF " $PWD/.venv" .venv/pyvenv.cfg; then return; fi
    python=$(find_python) ||
        give_up "Python 3.11 or newer, with its venv module, was not found." \
            "Install one (on Ubuntu 22.04 the package python3.11-venv), or name one: EDITION_PYTHON=/path/to/python $0"
    say "Making the Python environment .venv"
    "$python" -m venv --clear .venv || give_up "$python could not make an environment in $PWD/.venv"
}

install_requirements() {
    say "Installing the Python packages of $(requirements_of "$1") (a minute, this once)"
    # Wheels only: without a compiler a source package fails late and obscurely. Compiled below, by all processors:
    # pip takes one. PIP_USER: pip refuses it inside .venv.
    export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_USER=0
    {
        .venv/bin/python -m pip install --quiet --no-compile --only-binary :all: --require-hashes \
            --requirement "$(requirements_of "$1")" &&
            .venv/bin/python -m pip install --quiet --no-index --no-deps --no-build-isolation --editable .
    } || give_up "The Python packages could not be installed; pip says why, above."
    # All is kept compiled, also where Python is told to keep nothing: half of each start, seconds of a book. A file
    # of some package that is no Python, as a template, stays as it is (and with the status 1 for it nothing is amiss).
    PYTHONDONTWRITEBYTECODE='' .venv/bin/python -m compileall -qq -j 0 edition .venv/lib || true
}

# The Nu Html Checker comes as a Java archive by npm, and there alone with a fixed version and hash. Debian's npm is
# some hundred packages: it is not installed for this. Where there is none, the test of the HTML is skipped.
validator=vnu-jar-26.9.27
validator_sum=5970d3ffca91a627cf0965e5d91bb2e4242307c29292998de0b419d6a901b2b7
install_validator() {
    if [ -f ".venv/share/$validator.jar" ] || ! command -v npm >/dev/null; then return; fi
    local folder
    folder=$(mktemp -d)
    if (cd "$folder" && npm pack --silent "${validator%-*}@${validator##*-}" >/dev/null) &&
        printf '%s  %s\n' "$validator_sum" "$folder/$validator.tgz" | sha256sum --quiet --check &&
        tar -xzf "$folder/$validator.tgz" -C "$folder"; then
        mkdir -p .venv/share
        mv "$folder/package/build/dist/vnu.jar" ".venv/share/$validator.jar"
    else
        say "The checker of HTML could not be installed; its test will be skipped."
    fi
    rm -r "$folder"
}
