// Settings of what is found out about clients.
extension Setting {
    package static let agentRules = Setting(
        "agent-rules",
        \.agentRules,
        .optionalPath,
        documentedDefaults: ["agents.json beside the program"],
        help:
            "File of the rules by which user agents are read, made by `make build`; without it only the commonest bots "
            + "are known"
    )
    package static let spamHosts = Setting(
        "spam-hosts",
        \.spamHosts,
        .optionalPath,
        help:
            "File of hosts whose pages are no referrers, one in a line: hits with such a referrer are refused; read at "
            + "the start"
    )
}
