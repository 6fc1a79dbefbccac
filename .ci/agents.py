"""Converts rules for user agents to the JSON that hourglass reads: agents.py SOURCE TARGET.

SOURCE is a folder with the wheels of agent-wheels.txt, or a regexes.yaml of uap-core, which has no bots. Nothing of a
wheel is imported: Python sources are read as syntax trees.
"""

import ast
import json
import pathlib
import re
import sys
import zipfile

UAP = {'name': 'uap-core', 'licence': 'Apache-2.0', 'by': 'Copyright 2009 Google Inc.'}
BOTS = {'name': 'is-bot', 'licence': 'Apache-2.0',
        'by': 'Roman Snegirev, with the patterns of isbot (Unlicense) by Omri Lotan and others'}
CRAWLERS = {'name': 'crawler-user-agents', 'licence': 'MIT', 'by': 'Copyright (c) 2017 Martin Monperrus'}
YAML_FIELDS = {'user_agent_parsers': ('family_replacement', 'v1_replacement', 'v2_replacement'),
               'os_parsers': ('os_replacement', 'os_v1_replacement', 'os_v2_replacement')}


def rule(pattern, name=None, *versions):
    """A rule without what its groups say anyway, and without the versions after the second."""
    entry = {'pattern': pattern}
    if name is not None:
        entry['name'] = name
    for key, text in zip(('major', 'minor'), versions):
        if text is not None:
            entry[key] = text
    return entry


def assigned(source, name):
    """The syntax tree of the value of a variable."""
    for node in ast.parse(source).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, 'target', None)]
        if any(getattr(target, 'id', None) == name for target in targets):
            return node.value
    raise ValueError(f'there is no {name}')


def calls(listing):
    return [rule(*(ast.literal_eval(each) for each in call.args)) for call in listing.elts]


def from_wheels(folder):
    files, versions = {}, {}
    for wheel in sorted(folder.glob('*.whl')):
        package, version = wheel.name.split('-')[:2]
        versions[package] = version
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                files[re.sub(r'^(\w+)-[^/]*\.dist-info/', r'\1/', name)] = archive.read(name).decode(errors='replace')
    agents, systems, _ = assigned(files['ua_parser_builtins/matchers.py'], 'MATCHERS').elts
    bots = assigned(files['is_bot/_patterns.py'], 'default_patterns')
    crawlers = json.loads(files['crawleruseragents/crawler-user-agents.json'])
    sources = [
        {**UAP, 'version': versions['ua_parser_builtins'], 'revision': files['REVISION'].strip()},
        {**BOTS, 'version': versions['is_bot']},
        {**CRAWLERS, 'version': versions['crawler_user_agents']},
    ]
    licences = [files['is_bot/licenses/LICENSE.txt'], files['crawler_user_agents/licenses/LICENSE']]
    return {
        'sources': sources, 'notice': notice(sources, licences), 'agents': calls(agents), 'systems': calls(systems),
        # JavaScript takes a hyphen after a class of characters for itself, PCRE2 only at the end.
        'bots': [re.sub(r'(\[[^]]*)\\d-([^]]+)\]', r'\1\\d\2-]', ast.literal_eval(each)) for each in bots.elts],
        'crawlers': [{'pattern': each['pattern'], 'tags': each.get('tags', [])} for each in crawlers],
    }


def scalar(text):
    """A scalar of YAML in the forms that uap-core uses."""
    text = text.strip()
    if text[:1] == "'":
        return re.match(r"'((?:[^']|'')*)'", text)[1].replace("''", "'")
    if text[:1] == '"':
        return json.loads(re.match(r'"(?:[^"\\]|\\.)*"', text)[0])
    return re.sub(r'\s+#.*', '', text)


def from_yaml(file):
    lists, current = {}, None
    for line in file.read_text(encoding='utf-8').splitlines():
        if section := re.match(r'(\w+):', line):
            current = lists.setdefault(section[1], [])
        elif pair := re.match(r'\s+(-\s+)?(\w+)\s*:\s*(\S.*)$', line):
            if pair[1]:
                current.append({})
            current[-1][pair[2]] = scalar(pair[3])
    sources = [{**UAP, 'version': 'of the distribution'}]
    rules = {section: [rule(entry['regex'], *(entry.get(field) for field in fields)) for entry in lists[section]]
             for section, fields in YAML_FIELDS.items()}
    return {
        'sources': sources, 'notice': notice(sources, []),
        'agents': rules['user_agent_parsers'], 'systems': rules['os_parsers'], 'bots': [], 'crawlers': [],
    }


def notice(sources, licences):
    names = [f"{each['name']}: {each['licence']}, {each['by']}" for each in sources]
    head = ['Patterns of these, converted to JSON and otherwise unchanged but for one hyphen of is-bot:', *names,
            'Apache-2.0: https://www.apache.org/licenses/LICENSE-2.0']
    return '\n\n'.join(['\n'.join(head), *licences])


def main():
    source, target = map(pathlib.Path, sys.argv[1:])
    rules = from_wheels(source) if source.is_dir() else from_yaml(source)
    target.write_text(json.dumps({'format': 1, **rules}, ensure_ascii=False, indent=0) + '\n', encoding='utf-8')


main()
