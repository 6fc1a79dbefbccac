#if DEBUG
    import Analytics

    extension Story {
        static let visits = Story(
            "visits",
            [
                State("many") { sample in
                    let visits = (0..<VisitQuery.mostVisits).map { visit($0, sample) }
                    return VisitsPage(
                        ViewFrame(try period()),
                        .visits(
                            visits,
                            newer: visits.first.map { .after($0.key) },
                            older: visits.last.map { .before($0.key) }
                        )
                    )
                },
                State("filtered") { sample in
                    var address = try period()
                    address.kept = [("segment", "3")]
                    address.filters = [DashboardFilter("page", "=@", [sample("/blog")])]
                    let segments = [DashboardSegment(id: 3, name: sample("Campaign"), isPersonal: true)]
                    let fault = sample("tz: not a time zone")
                    return VisitsPage(
                        ViewFrame(
                            address,
                            segments: segments,
                            faults: [fault],
                            steps: PeriodSteps(
                                [("from", "2026-11-25T14:05"), ("to", "2026-11-25T14:05")],
                                first: "2026-11-25",
                                last: "2026-11-25",
                                isOver: true
                            )
                        ),
                        .visits([visit(1, sample)], newer: nil, older: nil)
                    )
                },
                State("bare") { _ in
                    let visit = VisitSummary(of: Visitor(rawValue: 7), from: Sample.now)
                    return VisitsPage(ViewFrame(try period()), .visits([visit], newer: nil, older: nil))
                },
                State("empty") { _ in VisitsPage(ViewFrame(try period()), .visits([], newer: nil, older: nil)) },
                State("unmatched") { sample in
                    var address = try period()
                    address.filters = [DashboardFilter("country", "==", [sample("DE")])]
                    return VisitsPage(ViewFrame(address), .visits([], newer: nil, older: nil))
                },
                State("end") { _ in VisitsPage(ViewFrame(try period()), .visits([], newer: .newest, older: nil)) },
                State("viewer") { _ in VisitsPage(ViewFrame(try period()), .hidden) },
                State("refused") { sample in
                    VisitsPage(ViewFrame(try period()), .refused(sample("more hits than there is memory for")))
                },
                State("visit") { sample in
                    let steps = hits(of: sample)
                    return VisitPage(try period(), VisitCourse(visit(1, sample), steps: steps, of: steps.count))
                },
                State("visit-long") { sample in
                    let steps = (0..<VisitCourse.mostSteps).map { place in
                        var step = hits(of: sample)[place % 2 * 2]
                        step.wait = 1_000 * place
                        return step
                    }
                    return VisitPage(try period(), VisitCourse(visit(1, sample), steps: steps, after: 100, of: 1_204))
                },
                State("visit-bare") { _ in
                    let visit = VisitSummary(of: Visitor(rawValue: 7), from: Sample.now)
                    let step = VisitCourse.Step("impression", at: Sample.now)
                    return VisitPage(try period(), VisitCourse(visit, steps: [step], of: 1))
                },
            ]
        )

        private static func period() throws -> DashboardAddress {
            var address = DashboardAddress(try Sample.siteName()).showing(DashboardView.visits)
            address.period = [("period", "28d")]
            return address
        }

        private static func visit(_ place: Int, _ sample: Sample) -> VisitSummary {
            let start = Sample.now.advanced(by: .seconds(-place * 421))
            var visit = VisitSummary(of: Visitor(rawValue: .max / UInt64(place + 1)), from: start)
            let isBounce = place.isMultiple(of: 3)
            (visit.duration, visit.isBounce) = (isBounce ? 0 : 92_000 + place * 7_000, isBounce)
            (visit.pageviews, visit.events) = (isBounce ? 1 : 4, isBounce ? 1 : 6)
            let host = sample("example.com")
            visit.entry = VisitSummary.Page(host: host, path: sample("/blog/a-long-name-of-an-article"))
            visit.exit = VisitSummary.Page(host: host, path: sample("/pricing"))
            var origin = Origin()
            (origin.source, origin.channel) = (sample("Google"), sample("Organic Search"))
            (origin.referrer, origin.utmCampaign) = (sample("https://www.google.com/"), sample("autumn"))
            var from = Analytics.Place()
            (from.country, from.region, from.city) = (sample("DE"), sample("DE-BE"), sample("Berlin"))
            var agent = Agent()
            (agent.browser, agent.browserVersion) = (sample("Firefox"), sample("144"))
            (agent.os, agent.osVersion, agent.device) = (sample("Linux"), sample("6"), sample("Desktop"))
            (agent.screen, agent.language) = (sample("1920x1080"), sample("de-DE"))
            (visit.origin, visit.place, visit.agent) = (origin, from, agent)
            return visit
        }

        private static func hits(of sample: Sample) -> [VisitCourse.Step] {
            let names = ["pageview", "engagement", sample("Signup"), "impression", "click"]
            return names.enumerated().map { place, name in
                var step = VisitCourse.Step(name, at: Sample.now.advanced(by: .seconds(place * 31)))
                step.page = VisitSummary.Page(host: sample("example.com"), path: sample("/pricing"))
                step.title = sample("Pricing")
                if step.kind == .engagement { (step.scroll, step.engaged) = (75, 12_000) }
                if step.kind == .event { step.props = sample(#"{"plan": "pro"}"#) }
                if place == 2 { (step.value, step.currency) = (Amount(millionths: 9_900_000), "EUR") }
                step.wait = place + 1 < names.count ? 31_000 : nil
                return step
            }
        }
    }
#endif
