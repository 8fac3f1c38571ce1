"""All tags of the look under one name, so that a template says `{% load ui %}` once; README.md lists what each draws."""

from django import template

from tenure.ui.tags import blocks, forms, inline, pieces

register = template.Library()

for part in (inline, pieces, blocks, forms):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
