import Analytics
import Web

/// The parameters of the page about the sliding hour, of which those that cannot be read are left out.
struct HourQuestion {
    let site: Site
    /// The state of the page: what is understood.
    private(set) var address: HourAddress
    /// The date whose last hour is asked for; nil where a moment is.
    private(set) var date: String?
    /// The reasons why parts of the address do not count.
    var faults: [String] { noted.reasons }
    private var noted = AddressFaults()

    /// - Parameters:
    ///   - query: The query string, still encoded.
    ///   - site: The site.
    init(_ query: String, about site: Site) {
        self.site = site
        address = HourAddress(site.name)
        for parameter in AddressParameter.all(in: query) {
            do throws(QueryRefusal) {
                guard let value = parameter.value else {
                    throw QueryRefusal(parameter.name, "no text in percent-encoded UTF-8")
                }
                try take(parameter.name, value)
            } catch {
                noted.note(error.field, error.detail)
            }
        }
    }

    /// The zone of the day.
    var zone: String { address.zone ?? site.zone }

    private mutating func take(_ name: String, _ value: String) throws(QueryRefusal) {
        switch name {
        case "at":
            do throws(Rejection) {
                address.at = try Timestamp.Written(parsing: value.utf8Span.span).timestamp
            } catch {
                throw QueryRefusal(name, error.reason.rawValue)
            }
        case "metric":
            guard let count = HourCount(rawValue: value) else {
                let names = HourCount.allCases.map(\.rawValue).joined(separator: ", ")
                throw QueryRefusal(name, "not one of \(names)")
            }
            address.count = count
        case "by":
            guard let unit = HourAddress.Unit(rawValue: value) else {
                throw QueryRefusal(name, "not minute or second")
            }
            address.unit = unit
        case "date":
            var period = PeriodParameters()
            _ = try period.take(name, value)
            date = period.date
        case "tz": address.zone = value
        case "done": break
        default: throw QueryRefusal(name, "there is no such parameter")
        }
    }

    /// Leaves out the zone, or the date, that the store does not take.
    ///
    /// - Parameter error: The reason.
    /// - Returns: False if there is nothing to leave out.
    mutating func leaveOut(after error: QueryError) -> Bool {
        switch error {
        case .invalid(.zone) where address.zone != nil:
            address.zone = nil
            noted.note("tz", error.description)
        case .invalid(.period) where date != nil:
            date = nil
            noted.note("date", error.description)
        default: return false
        }
        return true
    }
}
