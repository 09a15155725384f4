"""Let a name in single backticks in a docstring link to the object, if this book has it."""

from typing import cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.domains.python import PythonDomain
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode


def link_short_name(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.TextElement
) -> nodes.Element | None:
    """Resolve ``compute_cost`` to ``dnn_utils.cost.compute_cost``; leave other names as code."""
    if node.get("refdomain") != "py" or node["reftype"] != "obj":
        return None
    domain = cast(PythonDomain, env.get_domain("py"))
    found = domain.find_obj(env, "", "", node["reftarget"], None, searchmode=1)
    # An attribute may have the name of somebody else's parameter: no link then.
    targets = [entry for _, entry in found if entry.objtype != "attribute"]
    if len(targets) != 1:
        return contnode
    (target,) = targets
    return make_refnode(
        app.builder, node["refdoc"], target.docname, target.node_id, contnode, node["reftarget"]
    )
