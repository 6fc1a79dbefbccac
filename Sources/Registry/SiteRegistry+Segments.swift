package import Analytics

// Changes of segments, which servers make for their clients.
extension SiteRegistry {
    /// Adds a segment to a site, which the server knows when this returns, and others within a second.
    ///
    /// - Parameters:
    ///   - name: The name of the segment.
    ///   - filters: Its filters as queries write them, a JSON array.
    ///   - site: The site.
    /// - Returns: The segment.
    /// - Throws: `RegistryFailure`
    package func addSegment(_ name: String, filters: String, to site: SiteName) async throws -> Segment {
        let id = try await change(AddSegment(name: name, filters: filters, site: site))
        return Segment(id: try SegmentID(stored: id), name: name, filters: filters)
    }

    /// Removes a segment of a site, which the server has forgotten when this returns, and others within a second.
    ///
    /// - Throws: `RegistryFailure`
    package func removeSegment(_ id: SegmentID, of site: SiteName) async throws {
        _ = try await change(RemoveSegment(id: id, site: site))
    }
}
