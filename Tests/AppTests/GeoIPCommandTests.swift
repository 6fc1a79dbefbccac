import Foundation
import Support
import SystemPackage
import Testing

/// The commands `geoip status` and `geoip lookup`, as users run them.
struct GeoIPCommandTests {
    private func run(_ arguments: [String], _ prefix: String...) async throws -> (isDone: Bool, output: String) {
        let ended = try await HourglassProcess.run(["geoip"] + arguments, prefix: prefix)
        return (ended.status == .exited(0), ended.output)
    }

    @Test func statusSaysWhatThereIs() async throws {
        try await GeoIPSample.withDirectory { directory in
            let named = ["--geoip-database", "\(directory)/geoip.mmdb"]
            for place in [named, ["--data-dir", directory.string]] {
                let shown = try await run(["status"] + place)
                #expect(shown.isDone)
                for text in ["GeoIP2-City", "2026-02-04T22:49:29Z", "22569 bytes", " days"] {
                    #expect(shown.output.contains(text), "\(shown.output)")
                }
            }
            let json = try await run(["status", "--json"] + named)
            #expect(json.output.contains(#""type":"GeoIP2-City","#) && json.output.contains(#""size":22569"#))
            let variable = try await run(["status"], "HOURGLASS_GEOIP_DATABASE=\(directory)/geoip.mmdb")
            #expect(variable.output.contains("GeoIP2-City"))
        }
    }

    @Test func anOldDatabaseIsWarnedOf() async throws {
        try await GeoIPSample.withDirectory { directory in
            let now = Int(Date.now.timeIntervalSince1970)
            for (days, isOld) in [(59, false), (61, true)] {
                let bytes = try GeoIPSample.bytes(builtAt: now - days * 86_400 - 60)
                try Data(bytes).write(to: URL(filePath: "\(directory)/geoip.mmdb"))
                let shown = try await run(["status", "--data-dir", directory.string])
                #expect(shown.output.contains("\(days) days"))
                #expect(shown.output.contains("too old") == isOld)
                let json = try await run(["status", "--data-dir", directory.string, "--json"])
                #expect(json.output.contains(#""age_days":\#(days),"old":\#(isOld)"#), "\(json.output)")
            }
        }
    }

    @Test func withoutADatabaseStatusSaysHowToGetOne() async throws {
        let shown = try await run(["status", "--geoip-database", "/nowhere/geoip.mmdb"])
        #expect(shown.isDone)
        #expect(shown.output.contains("there is no GeoIP database at /nowhere/geoip.mmdb"))
        #expect(shown.output.contains("hourglass geoip update"))
        let json = try await run(["status", "--geoip-database", "/nowhere/geoip.mmdb", "--json"])
        #expect(json.output == "{\"path\":\"/nowhere/geoip.mmdb\"}\n")
        for prefix in ["HOURGLASS_GEOIP_DATABASE=off", "DATABASE_URL=host=db"] {
            let off = try await run(["status"], prefix)
            #expect(!off.isDone)
            #expect(off.output.contains("HOURGLASS_GEOIP_DATABASE"), "\(off.output)")
        }
    }

    @Test func whatIsNoDatabaseIsAnError() async throws {
        for arguments in [["status"], ["lookup", "1.2.3.4"]] {
            let shown = try await run(arguments + ["--geoip-database", #filePath])
            #expect(!shown.isDone)
            #expect(shown.output.contains("cannot be used: it is no MaxMind DB file"), "\(shown.output)")
        }
    }

    @Test func lookupShowsAllFields() async throws {
        try await GeoIPSample.withDirectory { directory in
            let place = ["--data-dir", directory.string]
            let shown = try await run(["lookup", "2.125.160.216"] + place)
            #expect(shown.isDone)
            let rows = shown.output.split(separator: "\n").map {
                $0.split(separator: " ", maxSplits: 1).map(String.init)
            }
            let fields = Dictionary(
                uniqueKeysWithValues: rows.map { ($0[0], $0[1].trimmingCharacters(in: .whitespaces)) }
            )
            #expect(
                fields == [
                    "address": "2.125.160.216", "continent": "EU", "country": "GB", "country_name": "United Kingdom",
                    "region": "GB-ENG", "region_name": "England", "subdivision_2": "GB-WBK", "city": "Boxford",
                    "postal": "OX1", "latitude": "51.75", "longitude": "-1.25", "radius": "100",
                    "zone": "Europe/London",
                ]
            )
            let json = try await run(["lookup", "::ffff:89.160.20.112", "--json"] + place)
            let start =
                #"{"address":"89.160.20.112","found":true,"continent":"EU","country":"SE","country_name":"Sweden","#
                + #""eu":true,"region":"SE-E","#
            #expect(json.output.hasPrefix(start), "\(json.output)")
            let v6 = try await run(["lookup", "2001:480:10::1"] + place)
            #expect(v6.output.contains("San Diego"))
        }
    }

    @Test func lookupSaysThatThereIsNothing() async throws {
        try await GeoIPSample.withDirectory { directory in
            let place = ["--data-dir", directory.string]
            let none = try await run(["lookup", "127.0.0.1"] + place)
            #expect(none.isDone)
            #expect(none.output == "the database has no record of 127.0.0.1\n")
            let json = try await run(["lookup", "fe80::1", "--json"] + place)
            #expect(json.output == "{\"address\":\"fe80::1\",\"found\":false}\n")
            for text in ["localhost", "1.2.3", "01.2.3.4", ""] {
                let wrong = try await run(["lookup", text] + place)
                #expect(!wrong.isDone)
                #expect(wrong.output.contains("'\(text)' is invalid"), "\(wrong.output)")
            }
        }
        let missing = try await run(["lookup", "1.2.3.4", "--geoip-database", "/nowhere/x"])
        #expect(!missing.isDone)
        #expect(missing.output.contains("there is no GeoIP database at /nowhere/x"))
    }
}
