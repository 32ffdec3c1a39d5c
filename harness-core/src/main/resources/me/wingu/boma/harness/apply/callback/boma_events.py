"""Writes what happened, one JSON object a line, to the file that BOMA_EVENTS names."""
import json
import os
import time

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: boma_events
type: notification
short_description: Writes each task's outcome as a line of JSON
description: Read by the harness once the playbook has ended.
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "boma_events"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self):
        super().__init__()
        self._events = open(os.environ["BOMA_EVENTS"], "a", encoding="utf-8", buffering=1)
        self._started = {}

    def v2_playbook_on_task_start(self, task, is_conditional):
        self._started[task._uuid] = time.monotonic()

    def v2_playbook_on_handler_task_start(self, task):
        self._started[task._uuid] = time.monotonic()

    def v2_runner_on_ok(self, result):
        self._outcome(result, "changed" if result._result.get("changed") else "ok")

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._outcome(result, "ignored" if ignore_errors else "failed")

    def v2_runner_on_skipped(self, result):
        self._outcome(result, "skipped")

    def v2_runner_on_unreachable(self, result):
        self._outcome(result, "unreachable")

    def v2_playbook_on_stats(self, stats):
        for host in stats.processed:
            self._write(dict(stats.summarize(host), event="recap", host=host))

    def _outcome(self, result, status):
        task = result._task
        took = time.monotonic() - self._started.get(task._uuid, time.monotonic())
        self._write({
            "event": "task",
            "task": task.get_name(),
            "path": task.get_path() or "",
            "status": status,
            "durationMs": round(took * 1000),
            "message": self._message(result._result) if status in ("failed", "unreachable") else "",
        })

    @staticmethod
    def _message(result):
        if result.get("censored"):
            return str(result["censored"])
        parts = [result.get("msg"), result.get("stderr"), result.get("module_stderr"), result.get("stdout")]
        for item in result.get("results") or []:
            if isinstance(item, dict) and item.get("failed"):
                parts.append(item.get("msg"))
        return "\n".join(dict.fromkeys(str(part).strip() for part in parts if part))

    def _write(self, event):
        self._events.write(json.dumps(event) + "\n")
