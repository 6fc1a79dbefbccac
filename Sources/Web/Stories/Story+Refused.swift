#if DEBUG
    import Analytics

    extension Story {
        static let refused = Story(
            "refused",
            [
                State("many") { sample in page(try address(), sample, entries: 100) },
                State("chosen") { sample in
                    page(try address(.day, reason: sample(texts[0])), sample, entries: 3, of: 1)
                },
                State("quarter") { sample in page(try address(.quarter), sample, entries: 0, bots: nil, isCut: true) },
                State("unreadable") { sample in
                    page(try address(), sample, entries: 1, faults: [sample("days: not one of 1, 7, 30, 90")])
                },
                State("empty") { _ in
                    let bars = RefusedBars(reasons: [], parts: [], span: .standard)
                    return RefusedPage(try address(), reasons: [], bars: bars, entries: [], bots: 0)
                },
            ]
        )

        private static let texts = [
            "host: not a host of the site", "key: unknown or revoked", "timestamp: too far in the future",
            "body: malformed JSON", "address: excluded by the site", "referrer: spam",
        ]

        private static func address(_ span: RefusedSpan = .standard, reason: String? = nil) throws -> RefusedAddress {
            RefusedAddress(try Sample.siteName(), span, reason: reason)
        }

        private static func page(
            _ address: RefusedAddress,
            _ sample: Sample,
            entries: Int,
            of chosen: Int = texts.count,
            bots: Int? = 1_204,
            isCut: Bool = false,
            faults: [String] = []
        ) -> RefusedPage {
            RefusedPage(
                address,
                reasons: texts.enumerated().map { place, text in
                    RefusedReason(
                        sample(text),
                        remedy: sample("Add the host of the page to the hostnames of the site, under General."),
                        count: 9_480 / (place * place * 3 + 1),
                        first: Sample.now.advanced(by: .seconds(-500_000 + place * 3_600)),
                        last: Sample.now.advanced(by: .seconds(-place * 3_600))
                    )
                },
                bars: bars(address.span, texts.prefix(min(chosen, 5)).map { sample($0) }),
                entries: (0..<entries).map { entry($0, sample) },
                bots: bots,
                isCut: isCut,
                faults: faults
            )
        }

        private static func bars(_ span: RefusedSpan, _ reasons: [String]) -> RefusedBars {
            let parts = (0..<span.bars).map { part in
                RefusedBars.Part(
                    start: Sample.now.rounded(to: span.step * 3_600_000)
                        .advanced(by: .seconds((part - span.bars + 1) * span.step * 3_600)),
                    counts: reasons.indices.map { part * ($0 + 3) * 7 % (40 / ($0 + 1)) }
                )
            }
            return RefusedBars(reasons: reasons, parts: parts, span: span)
        }

        private static func entry(_ place: Int, _ sample: Sample) -> RefusedEntry {
            RefusedEntry(
                time: Sample.now.advanced(by: .seconds(-place * 7)),
                reason: sample(texts[place % texts.count]),
                value: place.isMultiple(of: 3) ? sample("staging.example.net") : nil,
                name: place.isMultiple(of: 5) ? nil : sample("pageview"),
                page: sample("staging.example.net/blog/a-long-name-of-an-article-that-does-not-fit"),
                agent: sample("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"),
                origin: place.isMultiple(of: 3) ? sample("https://staging.example.net") : nil,
                key: place.isMultiple(of: 4) ? sample("hgw_ab12…") : nil
            )
        }
    }
#endif
