import Analytics
import Web

/// Finds the counts of an hour and of all hours of its day, the latter in one pass.
struct HourReader: Sendable {
    let store: any EventStore
    /// The scheme and the host of the server, for commands.
    let origin: String
    let now: Timestamp

    private static let minute = 60_000
    /// More than the longest day.
    private static let longestDay: Duration = .seconds(26 * 3_600)

    /// Answers a question.
    ///
    /// - Parameter question: The question, from which is left out what cannot be answered.
    /// - Returns: What there is to show.
    /// - Throws: A `QueryError` if the store cannot answer anything now
    func answer(_ question: inout HourQuestion) async throws -> HourPage.Content {
        while true {
            do {
                return .numbers(try await read(question))
            } catch let error as QueryError {
                if question.leaveOut(after: error) { continue }
                guard case .invalid = error else { throw error }
                return .refused(error.description)
            }
        }
    }

    private func read(_ question: HourQuestion) async throws -> HourNumbers {
        let (site, zone) = (question.site, question.zone)
        let end = try await end(question)
        let day = try await day(of: end, zone)
        let hour = HourReport.length
        let start = end.advanced(by: .zero - hour)
        guard let time = Period(from: day.start.advanced(by: .zero - hour), to: day.end) else {
            throw QueryError.invalid(.period)
        }
        let clock = try await ZoneClock(time, zone, store)
        let label = clock.label(of: end) ?? ""
        let counts = try await store.hour(of: site.id, endingAt: end)
        let window = HourWindow(
            endingAt: end,
            counts,
            clock: (Self.time(clock.label(of: start) ?? ""), Self.time(label)),
            on: String(label.prefix(10))
        )
        return HourNumbers(
            window,
            curve: try await curve(question, end, day, clock),
            day: day,
            zone: zone,
            now: now,
            lines: counts.csv,
            command: command(question, end)
        )
    }

    /// The end of the hour: the moment, or the last second of a date that is not to come, or now.
    private func end(_ question: HourQuestion) async throws -> Timestamp {
        if let at = question.address.at { return at }
        guard let date = question.date else { return now }
        let (site, zone) = (question.site.id, question.zone)
        let day = try await store.period(.dates(date, date), on: nil, of: site, zone: zone)
        return day.contains(now) ? now : max(Timestamp(milliseconds: 0), day.end.advanced(by: .seconds(-1)))
    }

    /// The day of a moment on the clock of a zone.
    private func day(of moment: Timestamp, _ zone: String) async throws -> Period {
        let (from, to) = (moment.advanced(by: .zero - Self.longestDay), moment.advanced(by: Self.longestDay))
        guard let around = Period(from: from, to: to) else { throw QueryError.invalid(.period) }
        let days = try await store.buckets(of: .day, in: around, zone: zone)
        guard let place = days.place(of: moment) else { throw QueryError.invalid(.period) }
        let end = place + 1 < days.starts.count ? days.starts[place + 1] : to
        guard let day = Period(from: days.starts[place], to: end) else { throw QueryError.invalid(.period) }
        return day
    }

    private func curve(
        _ question: HourQuestion,
        _ end: Timestamp,
        _ day: Period,
        _ clock: ZoneClock
    ) async throws -> HourCurve {
        let unit = question.address.unit
        let period = unit == .minute ? day : clock.hour(of: end) ?? day
        let step = unit == .minute ? Self.minute : 1_000
        let all = (period.end.milliseconds - period.start.milliseconds) / step
        // Of what is to come there is nothing to show.
        let begun = (now.milliseconds - period.start.milliseconds) / step + 1
        let count = min(max(begun, 0), all)
        guard count > 0 else { return HourCurve([], of: all, by: unit) }
        let steps = HourSteps(first: period.start, step: step, count: count)
        let reports = try await store.hours(of: question.site.id, endingAt: steps)
        let points = zip(steps.moments, reports).map { moment, report in
            HourCurve.Point(at: moment, label: clock.label(of: moment) ?? "", report: report)
        }
        return HourCurve(points, of: all, by: unit)
    }

    private func command(_ question: HourQuestion, _ end: Timestamp) -> String {
        let query = "site=\(question.site.name.text.percentEncoded)&timestamp=\(HourAddress.number(of: end))"
        return "curl -H \"Authorization: Bearer $KEY\" '\(origin)/analytics?\(query)'"
    }

    /// The time of a label.
    private static func time(_ label: String) -> String { String(label.dropFirst(11)) }
}
