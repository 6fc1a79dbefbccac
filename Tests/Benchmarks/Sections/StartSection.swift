import FoundationEssentials
import Schema
import Store
import SystemPackage

/// The time until a server is ready, and its memory when idle.
struct StartSection: Section {
    static let name = SectionName.start

    let session: Session
    let flavour: Flavour

    var expectedSeconds: Double { Double(plan.rounds) * 3 }

    func run() async throws {
        for round in 1...plan.rounds {
            await begin("two starts", round: round, seconds: 3)
            let data = session.directory.appending("start-\(flavour.rawValue)-\(round)")
            try await start("first start, with initdb", round: round, data)
            try await start("later start", round: round, data)
            try FileManager.default.removeItem(atPath: data.string)
        }
    }

    private func start(_ situation: String, round: Int, _ data: FilePath) async throws {
        try await Hourglass.with(flavour, data: data) { hourglass in
            let usage = try ProcessUsage(of: hourglass.process.id)
            await note(
                situation,
                "hourglass",
                round: round,
                [
                    .readySeconds: hourglass.process.readyAfter.inSeconds,
                    .residentMegabytes: usage.residentMegabytes,
                ]
            )
        }
    }
}
