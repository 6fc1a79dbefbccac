import FoundationEssentials
import SystemPackage

/// A file with the figures of a page, in the directory in which the program was started.
enum ViewFile {
    /// Writes the figures of the shown page to a new file that only its owner can read.
    ///
    /// - Parameters:
    ///   - dashboard: The dashboard.
    ///   - now: The time for the name of the file.
    /// - Returns: A sentence for the user: the name of the file, or the reason that there is none.
    static func write(_ dashboard: Dashboard, now: Date = .now) -> String {
        do {
            guard let table = try table(dashboard) else { return "there are no figures to be written" }
            let name = name(dashboard, now)
            let file = try FileDescriptor.open(
                FilePath(name),
                .writeOnly,
                options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: .ownerReadWrite
            )
            try file.closeAfter { _ = try file.writeAll(table.csv.utf8) }
            return "written to \(name)"
        } catch {
            return "nothing could be written: \(error)"
        }
    }

    private static func table(_ dashboard: Dashboard) throws -> ViewTable? {
        guard dashboard.page.isAboutSite, let site = dashboard.site else {
            return try dashboard.figures.map(ViewTable.init)
        }
        switch dashboard.page {
        case .hour: return site.hours.map(ViewTable.init)
        case .refused: return site.refusals.map(ViewTable.init)
        default: return ViewTable(site, dashboard.order)
        }
    }

    /// The name, such as `hourglass-shop-20260105T090000Z.csv`.
    private static func name(_ dashboard: Dashboard, _ now: Date) -> String {
        let subject = dashboard.page.isAboutSite ? dashboard.site?.site.name ?? "site" : "server"
        let time = now.ISO8601Format().filter { $0 != "-" && $0 != ":" }
        return "hourglass-\(subject.replacing("/", with: "-"))-\(time).csv"
    }
}
