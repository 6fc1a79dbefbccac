package import Analytics

// Changes of segments, which servers make for their clients.
extension SiteRegistry {
    /// Adds a segment to a site, which the server knows when this returns, and others within a second.
    ///
    /// - Parameters:
    ///   - name: The name of the segment.
    ///   - filters: Its filters as queries write them, a JSON array.
    ///   - site: The site.
    ///   - owner: The number of the account that alone sees it; nil for everybody.
    /// - Returns: The segment.
    /// - Throws: `RegistryFailure`
    package func addSegment(
        _ name: String,
        filters: String,
        to site: SiteName,
        owner: Int? = nil
    ) async throws -> Segment {
        let id =
            if let owner {
                try await change(AddOwnSegment(name: name, filters: filters, site: site, owner: owner))
            } else {
                try await change(AddSegment(name: name, filters: filters, site: site))
            }
        return Segment(id: try SegmentID(stored: id), name: name, filters: filters, owner: owner)
    }

    /// Removes a segment of a site, which the server has forgotten when this returns, and others within a second.
    ///
    /// - Parameters:
    ///   - id: The segment.
    ///   - site: The site.
    ///   - owner: The number of the account whose segment it is; nil for one of everybody.
    /// - Throws: `RegistryFailure`
    package func removeSegment(_ id: SegmentID, of site: SiteName, owner: Int? = nil) async throws {
        if let owner {
            _ = try await change(RemoveOwnSegment(id: id, site: site, owner: owner))
        } else {
            _ = try await change(RemoveSegment(id: id, site: site))
        }
    }
}
