#if DEBUG
    extension Story {
        /// The pages beside the dashboard of a site.
        static let views = [hour, realtime, visits] + journeys + [reports, sql, refused]
    }
#endif
