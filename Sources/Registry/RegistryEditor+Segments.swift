package import Analytics
import Postgres

extension RegistryEditor {
    /// Adds a segment to a site.
    ///
    /// - Parameters:
    ///   - name: The name of the segment.
    ///   - filters: Its filters as queries write them, a JSON array.
    ///   - site: The site.
    /// - Returns: The segment.
    /// - Throws: `RegistryFailure.refused`, or the error of the database.
    package func addSegment(_ name: String, filters: String, to site: SiteName) async throws -> Segment {
        let segment = AddSegment(name: name, filters: filters, site: site)
        let id = try await make(Change("segment.add", site.text, AddSegment.sql, segment.parameters))
        return Segment(id: try SegmentID(stored: id), name: name, filters: filters)
    }

    /// Removes a segment of a site.
    ///
    /// - Throws: `RegistryFailure.refused`, or the error of the database.
    package func removeSegment(_ id: SegmentID, of site: SiteName) async throws {
        let parameters = RemoveSegment(id: id, site: site).parameters
        _ = try await make(Change("segment.remove", site.text, RemoveSegment.sql, parameters))
    }
}
