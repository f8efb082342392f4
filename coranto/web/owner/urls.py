"""The addresses of the people who run the site, all under /run/."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from coranto.web.owner import (
    adding,
    articles,
    authors,
    changes,
    copying,
    disk,
    earning,
    options,
    outlets,
    people,
    rules,
    why,
    work,
)


class Row(IntConverter):
    """A number that a row can bear."""

    regex = "[0-9]{1,18}"


register_converter(Row, "row")

urlpatterns = [
    path("add", adding.page),
    path("add/look", adding.look),
    path("add/keep", adding.keep),
    path("add/list", adding.add_list),
    path("outlet/<row:number>", outlets.page),
    path("outlet/<row:number>/save", outlets.save),
    path("outlet/<row:number>/delete", outlets.delete),
    path("outlet/<row:number>/rules", rules.page),
    path("outlet/<row:number>/rules/try", rules.try_rule),
    path("outlet/<row:number>/rules/keep", rules.keep),
    path("outlet/<row:number>/rules/remove", rules.remove),
    path("demo/remove", outlets.remove_demo),
    path("source/<row:number>/pause", outlets.pause),
    path("source/<row:number>/resume", outlets.resume),
    path("source/<row:number>/test", outlets.test),
    path("source/<row:number>/find", outlets.find),
    path("source/<row:number>/move", outlets.move),
    path("source/<row:number>/slower", outlets.slower),
    path("outlet/<row:number>/record", copying.record),
    path("copying", copying.page),
    path("work", work.page),
    path("work/retry", work.retry),
    path("work/let-go", work.let_go),
    path("article/<row:number>/withdraw", articles.withdraw),
    path("article/<row:number>/record", articles.record),
    path("article/<row:number>/split", articles.split),
    path("article/<row:number>/merge", articles.merge),
    path("article/<row:number>/why", why.page),
    path("author/<row:number>/join", authors.join),
    path("author/<row:number>/part", authors.part),
    path("changes", changes.page),
    path("changes/<row:number>/undo", changes.undo),
    path("disk", disk.page),
    path("for-you", earning.page),
    path("accounts", people.page),
    path("accounts/invite", people.invite),
    path("accounts/revoke", people.revoke),
    path("account/<row:number>/full-text", people.full_text),
    path("account/<row:number>/remove", people.remove),
    path("settings", options.page),
    path("settings/save", options.save),
]
