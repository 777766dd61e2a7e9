"""``canvas-app import``: bring a file, a folder of files, or a table of a database, into a project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from canvas_app.base.words import counted
from canvas_app.commands.projects import ProjectFolder
from canvas_app.commands.terminal import AsJson, Terminal

if TYPE_CHECKING:
    from canvas_app.data.dataset import Dataset
    from canvas_app.data.source import Source
    from canvas_app.project.session import Session


What = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="The file, folder or pattern such as 'sales/*.csv' to bring in; or a database, such as "
        "postgres://USER@SERVER/DATABASE, mysql://... or sqlserver://...",
    ),
]
Also = Annotated[
    list[str] | None,
    typer.Option(
        "--with", metavar="FILE", help="Another file of the same shape, for the same table; once for each."
    ),
]
Name = Annotated[
    str, typer.Option("--name", metavar="NAME", help="What the table is called; as its file if not given.")
]
Options = Annotated[
    list[str] | None,
    typer.Option(
        "--option",
        metavar="NAME=VALUE",
        help="How it is to be read where that is not found out rightly, such as header=no; once for each "
        "option. --list-options names them.",
    ),
]
Kind = Annotated[
    str, typer.Option("--as", metavar="KIND", help="Read it as this kind of source, whatever it looks like.")
]
ListOptions = Annotated[
    bool, typer.Option("--list-options", help="Only say which options there are for this file.")
]
Table = Annotated[
    str, typer.Option("--table", metavar="TABLE", help="Of a database: the table, or SCHEMA.TABLE.")
]
Sql = Annotated[
    str, typer.Option("--sql", metavar="SELECT", help="Of a database: a query in place of a table.")
]


def import_file(  # noqa: PLR0913 - one parameter for each option of the command
    project: ProjectFolder,
    source: What,
    *,
    also: Also = None,
    name: Name = "",
    options: Options = None,
    kind: Kind = "",
    list_options: ListOptions = False,
    table: Table = "",
    sql: Sql = "",
    as_json: AsJson = False,
) -> None:
    """Bring a file, a folder or a database's table into a project.

    Importing again under the same name makes the next version, and says what changed. The password of a
    database comes from the keyring, from CANVAS_APP_DATABASE_PASSWORD, or is asked for.
    """
    from canvas_app.commands.projects import import_into, opened
    from canvas_app.commands.source_options import chosen_source, with_options

    terminal = Terminal(as_json)
    files = (source, *(also or ()))
    if list_options:
        _tell_options(chosen_source(files, kind), terminal)
        return
    with opened(project) as session:
        found = _database(source, table, sql, terminal) or chosen_source(files, kind)
        found = with_options(found, options or ())
        _tell(session, import_into(session, found, name, terminal), found, terminal)


def _tell_options(source: Source, terminal: Terminal) -> None:
    from canvas_app.commands.source_options import option_lines

    lines = (f"{source.spec.title} takes these options:", *option_lines(source))
    terminal.result("\n".join(lines), source=source.spec.kind, options=source.model_dump(mode="json"))


def _tell(session: Session, dataset: Dataset, source: Source, terminal: Terminal) -> None:
    from canvas_app.commands.put_aside import aside_words, kept_aside

    aside = kept_aside(session.data_path(dataset.key))
    terminal.tell(*dataset.notes, *aside_words(aside, Path(source.subject()), stays=True))
    changes = dataset.changes.words() if dataset.changes else ()
    size = f"{counted(dataset.rows, 'row')}, {counted(len(dataset.schema), 'column')}"
    terminal.result(
        "\n".join((f"{dataset.name}, version {dataset.version}: {size}.", *changes)),
        dataset=dataset.key,
        rows=dataset.rows,
        columns=list(dataset.schema.names),
        notes=list(dataset.notes),
        put_aside=str(aside) if aside else None,
        changes=list(changes),
    )


def _database(named: str, table: str, sql: str, terminal: Terminal) -> Source | None:
    """The table of a database, if one is named."""
    from canvas_app.commands.database import database_source
    from canvas_app.data.database.address import is_address

    if is_address(named):
        return database_source(named, table, sql, terminal)
    if table or sql:
        raise typer.BadParameter(f"{named} is no database, which --table and --sql are for.")
    return None
