import HTTP

extension SettingFormat where Value == TrustedProxies {
    /// A list of proxies.
    static var proxies: Self {
        let values = "addresses, networks such as 10.0.0.0/8, loopback, private and unix, with commas between"
        return SettingFormat(
            values: values,
            refusing: { text throws(Setting.Refusal) in
                guard !text.isEmpty else { return TrustedProxies() }
                do throws(TrustedProxies.Malformed) { return try TrustedProxies(parsing: text) } catch {
                    // A part of what has to be masked must not be shown either.
                    let entry = Secrecy.masked(text) == text ? error.entry : "***"
                    throw Setting.Refusal(problem: "is not \(values): '\(entry)' \(error.reason)")
                }
            },
            print: { $0.entries.joined(separator: ",") }
        )
    }
}

extension SettingFormat where Value == ClientHeader {
    /// The name of a header.
    static var clientHeader: Self {
        SettingFormat(
            values: "X-Forwarded-For, Forwarded, or the name of one with a single address",
            read: { ClientHeader($0) },
            print: \.name
        )
    }
}
