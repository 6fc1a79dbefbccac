import Analytics
import Columns

extension ScanPass {
    /// Answers queries by one pass.
    static func reports(of scans: [Scan], by workers: ScanWorkers) async -> [Report?] {
        reports(of: scans, await counts(of: scans, by: workers))
    }
}
