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
        for parameter in AddressParameter.all(in: query) { take(parameter.name, parameter.value ?? "") }
    }

    private mutating func take(_ name: String, _ value: String) {
        switch name {
        case "days":
            guard let span = Int(value).flatMap(RefusedSpan.init(rawValue:)) else {
                let all = RefusedSpan.allCases.map { "\($0.rawValue)" }.joined(separator: ", ")
                return noted.note(name, "not one of \(all)")
            }
            address.span = span
        case "reason": address.reason = value.isEmpty ? nil : String(value.prefix(Self.longestReason))
        case "done": break
        default: noted.note(name, "there is no such parameter")
        }
    }
}
