#!/usr/bin/env python3
"""scheduler.py ADDRESS TASKS [NAME]: runs as many tasks, on one node after the other, and ends with them.

A scheduler over the cluster's HTTP API with nothing but the standard library: it registers, follows the cluster state and its tasks' updates,
claims nodes, places anew what others were faster with, and acknowledges each update once it has dealt with it.
"""
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

ADDRESS, COUNT = sys.argv[1].rstrip("/"), int(sys.argv[2])
NAME = sys.argv[3] if len(sys.argv) > 3 else "round-robin-py"
TOKEN = os.environ.get("FRAMEWORK_TOKEN", "a-secret-of-this-scheduler")
NEED = {"cpu": 500, "memory": 64}
CONTAINER = {"name": "main", "image": "ocs/busybox", "command": ["sleep", "1"], "resources": NEED}


def call(method, path, body=None, **query):
    """One call; again where nobody answers, since each of them is safe to repeat."""
    url = f"{ADDRESS}/v1{path}?{urllib.parse.urlencode(query)}"
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    for attempt in range(30):
        try:
            with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=30) as response:
                text = response.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            if error.code not in (429, 502, 503, 504):
                sys.exit(f"{method} {path}: {error.code} {error.read().decode()}")
        except OSError:
            pass
        time.sleep(min(2, 0.1 * 2 ** attempt))
    sys.exit(f"Nobody answers at {ADDRESS}.")


def place(waiting, nodes, start):
    """Each waiting task on the next node with room for it; where to begin the next time."""
    active = [node for _, node in sorted(nodes.items()) if node["status"] == "ACTIVE"]
    free = {node["name"]: {what: node["free"][what] for what in NEED} for node in active}
    launch = []
    for task in sorted(waiting):
        turns = [active[(start + i) % len(active)]["name"] for i in range(len(active))]
        name = next((name for name in turns if all(free[name][what] >= NEED[what] for what in NEED)), None)
        if name is None:
            break
        for what in NEED:
            free[name][what] -= NEED[what]
        start = [node["name"] for node in active].index(name) + 1
        launch.append({"name": task, "node": name, "containers": [CONTAINER]})
    return launch, start


def main():
    me = f"/frameworks/{NAME}"
    call("PUT", me, {"name": NAME, "failoverTimeout": 60})
    waiting, ended, nodes, version = {f"task-{i}" for i in range(COUNT)}, {}, {}, {}
    stream, after, start, conflicts = None, 0, 0, 0
    while len(ended) < COUNT:
        if stream is None:
            # At first, and when the stream has ended, as with its silo: what is still so is told again, and what runs is asked for.
            stream, after = call("POST", f"{me}/subscribe", {})["stream"], 0
            call("POST", f"{me}/reconcile", {})
        news = call("GET", f"{me}/events", stream=stream, after=after, wait=0 if waiting else 5)
        told = [event["update"] for event in news["events"] if "update" in event]
        after = max([after] + [event["sequence"] for event in news["events"]])
        stream = stream if news["isOpen"] else None
        for update in told:
            waiting.discard(update["task"])
            if update["state"] == "STOPPED":
                ended[update["task"]] = update.get("view", {}).get("succeeded", False)
            print(update["task"], update["state"], "on", update.get("view", {}).get("node"), flush=True)
        done = [{"task": update["task"], "state": update["state"]} for update in told if update["wantsAcknowledgement"]]
        if done:
            call("POST", f"{me}/acknowledge", {"updates": done})
        if told or not waiting:
            continue
        delta = call("GET", "/cluster/state", fresh="true", wait=1, **version)
        nodes = {} if delta["isSnapshot"] else nodes
        nodes.update({node["name"]: node for node in delta["nodes"]})
        version = {"incarnation": delta["version"]["incarnation"], "version": delta["version"]["number"]}
        launch, start = place(waiting, nodes, start)
        if not launch:
            continue
        waiting -= {task["name"] for task in launch}
        answer = call("POST", f"{me}/launches", {"transactionId": uuid.uuid4().hex, "tasks": launch, "decidedOn": delta["version"]})
        for outcome in answer["tasks"]:
            if not outcome["isCommitted"]:
                why, conflicts = outcome["rejection"], conflicts + 1
                waiting.add(outcome["task"])
                print(f"{outcome['task']}: {why['reason']}, {why['shortfall']} {why['dimension']} too much; taken by {why['takenBy']}", flush=True)
    call("DELETE", me)
    failed = sum(not succeeded for succeeded in ended.values())
    print(f"{COUNT} tasks have ended, {failed} of them badly; {conflicts} were placed anew.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
