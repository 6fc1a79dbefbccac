import Analytics
import Ingest
import Support
import Testing

struct HitFormatsTests {
    @Test(arguments: 0..<40)
    func everyFormatGivesTheSameHit(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<25 {
            let hit = RandomHit(using: &random)
            let single = Result { () throws(Rejection) in try HitInput(json: hit.json.utf8Span.span) }
            for (format, text) in [(Bulk.Format.ndjson, hit.json), (.jsonArray, "[\(hit.json)]"), (.csv, hit.csv)] {
                // A CSV text that names no field has no hits.
                guard let bulk = try? HitBulk(text, format) else {
                    #expect(format == .csv && hit.properties.isEmpty)
                    continue
                }
                if bulk.rows.rows.isEmpty && bulk.rows.rejected == 0 { continue }
                switch single {
                case .success(let input): #expect(bulk.rows.rows == [input], "\(text)")
                case .failure(let rejection): #expect(bulk.rows.rejections == [rejection: 1], "\(text)")
                }
            }
        }
    }

    @Test(arguments: 0..<20)
    func everythingAcceptedIsWithinItsLimits(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed) + 1_000)
        for _ in 0..<100 {
            let text = RandomHit(using: &random).json
            guard let hit = try? HitInput(text) else { continue }
            #expect((1...120).contains(hit.name.unicodeScalars.count))
            let limits = [
                (hit.title, 500), (hit.referrer, 2_048), (hit.visitor, 128), (hit.userAgent, 512), (hit.ip, 64),
                (hit.language, 35), (hit.timezone, 64), (hit.screen, 11), (hit.viewport, 11), (hit.currency, 3),
                (hit.given.country, 2), (hit.given.city, 200), (hit.given.source, 200), (hit.url?.rawPath, 2_048),
                (hit.url?.path(of: SiteSettings()), 2_048), (hit.key, 64),
            ]
            for case (let value?, let limit) in limits {
                #expect((1...limit).contains(value.utf8.count) || value == hit.url?.rawPath)
                #expect(!value.utf8.contains(0))
            }
        }
    }

    @Test(arguments: 0..<40)
    func survivesAnyBytes(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let alphabet = Array(#"{}[]",:\u0d8name"url"props"1e5-.tfn%\#n"#.utf8) + [0xC3, 0xA9, 0xFF, 0]
        for _ in 0..<200 {
            var bytes = random.bytes(0...60, of: alphabet)
            // Half of them are the rest of a hit that begins well.
            if random.chance(2) {
                bytes = Array(RandomHit(using: &random).json.utf8.prefix(.random(in: 0...200, using: &random))) + bytes
            }
            _ = try? HitInput(json: bytes.span)
            _ = try? HitInput(form: bytes.span)
            for format in [Bulk.Format.csv, .ndjson, .jsonArray] {
                guard let bulk = try? HitBulk(bytes.span, format: format, limit: 10) else { continue }
                #expect(bulk.rows.rows.count <= 10)
            }
        }
    }
}
