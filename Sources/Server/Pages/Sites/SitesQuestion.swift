import Analytics
import Web

/// The parameters of the list of all sites, of which those that cannot be read are left out.
struct SitesQuestion {
    /// The state of the page: what is understood.
    private(set) var address = SitesAddress()
    /// The reasons why parts of the address do not count.
    var faults: [String] { noted.reasons }
    private var noted = AddressFaults()

    /// - Parameter query: The query string, still encoded.
    init(_ query: String) {
        for parameter in AddressParameter.all(in: query) { take(parameter.name, parameter.value ?? "") }
    }

    private mutating func take(_ name: String, _ value: String) {
        switch name {
        case "period":
            guard let period = SitesPeriod(rawValue: value) else {
                let all = SitesPeriod.allCases.map(\.rawValue).filter { !$0.isEmpty }.joined(separator: ", ")
                return noted.note(name, "not one of \(all)")
            }
            address.period = period
        case "q": address.search = String(value.prefix(SitesAddress.longestSearch))
        case "sort": takeOrder(value)
        case "offset":
            guard let offset = Int(value), offset >= 0 else { return noted.note(name, "not a number of sites") }
            address.offset = offset
        case "done": break
        default: noted.note(name, "there is no such parameter")
        }
    }

    private mutating func takeOrder(_ value: String) {
        let isDescending = value.hasPrefix("-")
        guard let column = SitesColumn(rawValue: isDescending ? String(value.dropFirst()) : value) else {
            let all = SitesColumn.allCases.map(\.rawValue).joined(separator: ", ")
            return noted.note("sort", "not one of \(all), with - before it for the greatest first")
        }
        (address.sort, address.isDescending) = (column, isDescending)
    }
}
