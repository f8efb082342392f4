"""The addresses of the people who run the site, all under /run/."""

from __future__ import annotations

from django.urls import path

from coranto.web.owner import adding, articles, authors, changes, disk, options, outlets, people, work

urlpatterns = [
    path("add", adding.page),
    path("add/look", adding.look),
    path("add/keep", adding.keep),
    path("add/list", adding.add_list),
    path("outlet/<int:number>", outlets.page),
    path("outlet/<int:number>/save", outlets.save),
    path("outlet/<int:number>/delete", outlets.delete),
    path("source/<int:number>/pause", outlets.pause),
    path("source/<int:number>/resume", outlets.resume),
    path("source/<int:number>/test", outlets.test),
    path("source/<int:number>/find", outlets.find),
    path("source/<int:number>/move", outlets.move),
    path("source/<int:number>/slower", outlets.slower),
    path("work", work.page),
    path("work/retry", work.retry),
    path("work/let-go", work.let_go),
    path("article/<int:number>/withdraw", articles.withdraw),
    path("article/<int:number>/record", articles.record),
    path("author/<int:number>/join", authors.join),
    path("author/<int:number>/part", authors.part),
    path("changes", changes.page),
    path("changes/<int:number>/undo", changes.undo),
    path("disk", disk.page),
    path("accounts", people.page),
    path("accounts/invite", people.invite),
    path("accounts/revoke", people.revoke),
    path("account/<int:number>/full-text", people.full_text),
    path("account/<int:number>/remove", people.remove),
    path("settings", options.page),
    path("settings/save", options.save),
]
