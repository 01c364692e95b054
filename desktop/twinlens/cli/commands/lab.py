"""``twinlens lab``: the experiments, each a command made from its declaration."""

import click

from twinlens.cli.experiments import command_of
from twinlens.lab.registry import EXPERIMENTS, experiment_named


class Experiments(click.Group):
    """The experiments, loaded lazily."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All experiments."""
        return sorted(EXPERIMENTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the command of an experiment."""
        experiment = experiment_named(cmd_name)
        return None if experiment is None else command_of(experiment)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the experiments without importing them."""
        rows = sorted(EXPERIMENTS.items()) or [("none", "")]
        with formatter.section("Experiments"):
            formatter.write_dl(rows)


command = Experiments(
    "lab",
    help="Measure on your own photos: what finds what, how well, how quickly. Changes no photo.",
    subcommand_metavar="EXPERIMENT [ARGS]...",
)
