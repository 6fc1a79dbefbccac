import Analytics
import Testing

@testable import Web

/// The states of a dashboard that its links lead to.
struct DashboardStateTests {
    private static func address(_ period: [DashboardAddress.Parameter] = []) throws -> DashboardAddress {
        var address = DashboardAddress(try Sample.siteName())
        address.period = period
        return address
    }

    private static func text(_ address: DashboardAddress?) -> String? {
        address?.link(Links()).text.replacing("/s/example.com", with: "")
    }

    @Test(arguments: [
        (DashboardSeries.Unit.month, "2026-11-01", "?period=month&date=2026-11-01"),
        (.week, "2026-11-23", "?period=week&date=2026-11-23"), (.day, "2026-11-25", "?period=day&date=2026-11-25"),
        (.hour, "2026-11-25 14:00:00", "?from=2026-11-25T14%3A00&to=2026-11-25T14%3A59"),
        (.minute, "2026-11-25 14:05:00", "/visits?from=2026-11-25T14%3A05&to=2026-11-25T14%3A05"),
    ])
    func aPartOfTheChartIsAPeriod(unit: DashboardSeries.Unit, label: String, link: String) throws {
        var address = try Self.address([("period", "28d")])
        address.bucket = unit
        #expect(Self.text(address.showing(DashboardSeries.Part(label, value: 1), unit)) == link)
    }

    @Test func aShareLinkHasNoVisitsOfAMinute() throws {
        let address = DashboardAddress(try Sample.siteName(), share: "hgl_text")
        #expect(address.showing(DashboardSeries.Part("2026-11-25 14:05:00", value: 1), .minute) == nil)
        #expect(address.showing(DashboardSeries.Part("soon", value: 1), .hour) == nil)
    }

    @Test func theVisitsOfAMinuteOfAReportAreThoseOfItsSubject() throws {
        var address = try Self.address()
        address.view = .page("/a")
        let shown = address.showing(DashboardSeries.Part("2026-11-25 14:05:00", value: 1), .minute)
        #expect(Self.text(shown)?.hasSuffix("T14%3A05&filter=page==%2Fa") == true)
    }

    @Test func theStateIsInTheAddress() throws {
        var address = try Self.address([("period", "7d")])
        (address.bucket, address.metric, address.isAligned) = (.hour, .visits, true)
        address.unknown = [("ref", "a b")]
        address.kept = [("tz", "Asia/Tokyo")]
        let all = "?period=7d&tz=Asia%2FTokyo&metric=visits&bucket=hour&align=weekday&ref=a%20b"
        #expect(Self.text(address) == all)
        let compared = address.comparing(from: "2026-01-01", to: "2026-01-07")
        let dates = "&bucket=hour&compare=custom&cfrom=2026-01-01&cto=2026-01-07&align=weekday&ref=a%20b"
        #expect(Self.text(compared)?.hasSuffix(dates) == true)
        // Another period has other parts; dates of another comparison are forgotten.
        #expect(Self.text(compared.showing(.off).showing(.today))?.contains("bucket") == false)
        #expect(Self.text(compared.showing(.off))?.contains("cfrom") == false)
        #expect(Self.text(address.showing(zone: "UTC"))?.contains("tz=UTC") == true)
        #expect(Self.text(address.showing(zone: nil))?.contains("tz") == false)
        #expect(Self.text(address.counting(bots: true))?.contains("&bots=true") == true)
        #expect(address.counting(bots: true).counting(bots: true).kept.count == 2)
    }

    @Test func aFileOfTheChartHasItsParts() throws {
        var address = try Self.address()
        (address.bucket, address.isAligned) = (.week, true)
        #expect(address.file(.series, .csv, Links()).text == "/s/example.com/series.csv?bucket=week&align=weekday")
        #expect(address.file(.numbers, .csv, Links()).text == "/s/example.com/numbers.csv?align=weekday")
        #expect(address.file(.list(.top), .csv, Links()).text == "/s/example.com/list/top.csv")
    }

    /// Every key is on one element of a page alone.
    @Test func keysAreUsedOnce() throws {
        let story = try #require(Story.all.first { $0.name == "dashboard" })
        let frame = Frame(links: Links(), version: "1")
        for state in story.states {
            let tags = try Markup(state.document(in: frame).text).tags
            for name in ["data-key", "data-go"] {
                let keys = tags.compactMap { $0.attributes[name] }
                #expect(Set(keys).count == keys.count, "\(state.name): \(keys)")
            }
        }
    }
}
