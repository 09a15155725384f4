"""Let a name in single backticks in a docstring link to the object, if this book has it."""


def link_short_name(app, env, node, contnode):
    """Resolve ``compute_cost`` to ``dnn_utils.cost.compute_cost``; leave other names as code."""
    if node.get("refdomain") != "py" or node["reftype"] != "obj":
        return None
    node["refspecific"] = True  # search in all modules
    domain = env.get_domain("py")
    link = domain.resolve_xref(
        env, node["refdoc"], app.builder, "obj", node["reftarget"], node, contnode
    )
    return link or contnode


def setup(app):
    app.connect("missing-reference", link_short_name)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
