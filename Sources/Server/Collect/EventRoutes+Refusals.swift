import Analytics
import HTTP
import Hummingbird
import Ingest
import Registry

// The answers to what is refused, and the record of it for the owners of sites.
extension EventRoutes {
    /// Answers what the contents of a request have refused.
    func answering(_ isStrict: Bool, _ body: () async throws -> Response) async throws -> Response {
        do {
            return try await body()
        } catch let rejection as Rejection {
            return try refuser.refuse(rejection, isStrict: isStrict).get().response
        } catch WriteError.refused(_, let rejection) {
            return try refuser.refuse(rejection, isStrict: isStrict).get().response
        }
    }

    /// Notes a refusal; returns the error to answer with.
    func note(_ refusal: HitDoor.Refusal, _ input: HitInput, _ door: HitDoor) -> any Error {
        switch refusal {
        case .rejection(let rejection, let site):
            note(rejection, of: site, input, door)
            return rejection
        case .stale: return RegistryFailure.stale
        }
    }

    /// Notes hits that could not be read, for the site of the request's key.
    func note(_ rejections: [Rejection: Int], _ door: HitDoor) {
        let key = door.sender.key.flatMap(KeyText.init(parsing:)).flatMap(door.rules.registry.key)
        let site = key?.site ?? RefusedHit.unknownSite
        for (rejection, count) in rejections {
            let refused = RefusedHit(site: site, time: door.now, reason: rejection.description)
            store.note(Array(repeating: refused, count: count))
        }
    }

    func note(_ rejection: Rejection, of site: SiteID, _ input: HitInput, _ door: HitDoor) {
        store.note([
            RefusedHit(site: site, time: door.now, reason: rejection.description, hit: input.summary.description)
        ])
    }
}

extension HitInput {
    /// What the owner of a site is shown of a refused hit: nothing of the address.
    fileprivate var summary: JSON {
        .object([
            "name": .text(name), "site": site.map { .text($0.text) }, "host": url?.host.map(JSON.text),
            "path": url.map { .text(String($0.rawPath.prefix(200))) }, "id": id.map { .text($0.text) },
        ])
    }
}
