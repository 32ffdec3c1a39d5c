"""Ansible's linear strategy, refusing each task that would act on any other host than the rehearsal's one machine.

Templates are judged here, at the moment they have their value; a scan of the files cannot do that.

Where the harness says so, Mitogen carries the tasks out that were let through.
"""
import json
import os

from ansible.errors import AnsibleError
from ansible.plugins.strategy.linear import StrategyModule as LinearStrategy
from ansible.template import Templar

if os.environ["BOMA_TASK_RUNNER"] == "mitogen":
    from ansible_mitogen.strategy import StrategyMixin
else:
    class StrategyMixin:
        """Adds nothing."""

DOCUMENTATION = """
name: boma_one_host
short_description: Executes tasks in a linear fashion, on one host only
description: Refuses delegation, local connections and hosts that are added on the way.
"""

# What a task's variables hold besides values: views of the same variables again.
VIEWS = {"hostvars", "vars", "groups", "environment"}
ENCRYPTED = {"AnsibleVaultEncryptedUnicode", "EncryptedString"}
ADDING = {prefix + "add_host" for prefix in ("", "ansible.builtin.", "ansible.legacy.")}


class StrategyModule(StrategyMixin, LinearStrategy):

    def __init__(self, tqm):
        super().__init__(tqm)
        self._secrets = set()

    def _queue_task(self, host, task, task_vars, play_context):
        fault = self._fault(host, task, task_vars)
        if fault:
            self._refuse(task, fault)
        self._tell_secrets(task_vars)
        return super()._queue_task(host, task, task_vars, play_context)

    def _fault(self, host, task, task_vars):
        if host.get_name() != os.environ["BOMA_HOST"]:
            return "runs on %s" % host.get_name()
        if task.action in ADDING:
            return "adds a host"
        if task.connection not in ("ssh", "smart"):
            return "uses connection: %s" % task.connection
        if task.delegate_to is not None:
            return self._delegation(host, task, task_vars)
        return None

    def _delegation(self, host, task, task_vars):
        try:
            to = Templar(loader=self._loader, variables=task_vars).template(task.delegate_to)
        except Exception as e:  # a loop's item, say: it has no value yet, so nobody can vouch for it
            return "delegates to %s, which has no value yet (%s)" % (task.delegate_to, e)
        return None if to == host.get_name() else "delegates to %s" % to

    def _refuse(self, task, fault):
        with open(os.environ["BOMA_EVENTS"], "a", encoding="utf-8") as events:
            events.write(json.dumps({"event": "refused", "task": task.get_name(), "path": task.get_path(),
                                     "fault": fault}) + "\n")
        raise AnsibleError("refused: %s: task '%s' %s" % (task.get_path(), task.get_name(), fault))

    def _tell_secrets(self, task_vars):
        """Writes secrets that the site brings where the harness, which keeps them out of the log, reads them."""
        found = set()
        for name, value in task_vars.items():
            if name not in VIEWS:
                found.update(secrets(value, name.startswith("vault")))
        if found - self._secrets:
            with open(os.environ["BOMA_SECRETS"], "a", encoding="utf-8") as told:
                for secret in sorted(found - self._secrets):
                    told.write(json.dumps(secret) + "\n")
            self._secrets |= found


def secrets(value, known_secret):
    """Yields the strings below a value that are encrypted, or all of them when the value is known to be secret."""
    if type(value).__name__ in ENCRYPTED:
        yield str(value)
    elif isinstance(value, dict):
        for element in value.values():
            yield from secrets(element, known_secret)
    elif isinstance(value, (list, tuple)):
        for element in value:
            yield from secrets(element, known_secret)
    elif known_secret and isinstance(value, (str, int, float)) and not isinstance(value, bool):
        yield str(value)
