"""The corridor between the rooms: fetch, read, group, rank, in this order and nowhere else.

`adding` finds out what a given address is, `fetching` asks the sources, `preparing` turns their answers into what the
store takes in, `importing` does the same for saved pages, `reading` and `grouping` work on what is stored, `worker`
keeps all of it going. What is to be done next stands in the rows, so a process that is killed loses nothing, and every
step may run twice.
"""
