import Analytics
import HTTP

extension RealtimeReading {
    /// The figures, without the hits.
    var json: JSON {
        .object([
            "at": .text(counts.moment.textInMilliseconds),
            "visitors_5m": .number(counts.now),
            "visitors_30m": .number(counts.halfHour),
            "hour": hour?.json,
            "minutes": .array(counts.minutes.map(\.json)),
        ])
    }
}

extension HourReport {
    fileprivate var json: JSON {
        .object([
            "unique_users": .number(uniqueUsers), "clicks": .number(clicks), "impressions": .number(impressions),
        ])
    }
}

extension RecentCounts.Minute {
    fileprivate var json: JSON {
        .object(["at": .text(start.text), "visitors": .number(visitors), "pageviews": .number(pageviews)])
    }
}
