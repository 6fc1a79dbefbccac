import Analytics
import Web

/// The parameters of the page of refused hits, of which those that cannot be read are left out.
struct RefusedQuestion {
    /// The state of the page: what is understood.
    private(set) var address: RefusedAddress
    /// The reasons why parts of the address do not count.
    var faults: [String] { noted.reasons }
    private var noted = AddressFaults()

    /// The most characters of a reason.
    private static let longestReason = 200

    /// - Parameters:
    ///   - query: The query string, still encoded.
    ///   - site: The site.
    init(_ query: String, about site: SiteName) {
        address = RefusedAddress(site)
        for pair in query.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = halves[0].percentDecoded ?? String(halves[0])
            take(name, halves.dropFirst().first?.percentDecoded ?? "")
        }
    }

    private mutating func take(_ name: String, _ value: String) {
        switch name {
        case "days":
            guard let span = Int(value).flatMap(RefusedSpan.init(rawValue:)) else {
                let all = RefusedSpan.allCases.map { "\($0.rawValue)" }.joined(separator: ", ")
                return note(name, "not one of \(all)")
            }
            address.span = span
        case "reason": address.reason = value.isEmpty ? nil : String(value.prefix(Self.longestReason))
        case "done": break
        default: note(name, "there is no such parameter")
        }
    }

    private mutating func note(_ name: String, _ reason: String) {
        noted.note(name, reason)
    }
}
