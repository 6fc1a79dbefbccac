import Analytics
import HTTP
import Ingest
import Registry

// The record of what is refused, for the owners of sites.
extension EventRoutes {
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
        let hit = JSON.object(JSON.Members(door.sender.summary(key: nil))).description
        for (rejection, count) in rejections {
            let refused = RefusedHit(site: site, time: door.now, reason: rejection.description, hit: hit)
            store.note(Array(repeating: refused, count: count))
        }
    }

    func note(_ rejection: Rejection, of site: SiteID, _ input: HitInput, _ door: HitDoor) {
        store.note([
            RefusedHit(
                site: site,
                time: door.now,
                reason: rejection.description,
                hit: input.summary(from: door.sender).description
            )
        ])
    }
}

extension HitInput {
    /// The part of a refused hit that the owner of the site is shown; it has nothing of the address.
    fileprivate func summary(from sender: Sender) -> JSON {
        let own: [(String, JSON?)] = [
            ("name", .text(name)), ("site", site.map { .text($0.text) }), ("host", url?.host.map(JSON.text)),
            ("path", url.map { .text(String($0.rawPath.prefix(200))) }), ("id", id.map { .text($0.text) }),
        ]
        return .object(JSON.Members(own + sender.summary(key: key)))
    }
}

extension Sender {
    /// The characters of a key that the owner of a site is shown: those that tell its kind, and four others.
    private static let shownOfKey = 8

    /// The part of a request that the owner of the site is shown: its agent, its origin and the beginning of its key.
    ///
    /// - Parameter key: The key that stands in the hit; nil without one.
    /// - Returns: The names and the values, nil for what there is not.
    fileprivate func summary(key: String?) -> [(String, JSON?)] {
        let shown = (key ?? self.key).map { $0.prefix(Self.shownOfKey) + ($0.count > Self.shownOfKey ? "…" : "") }
        return [
            ("agent", agent.isEmpty ? nil : .text(String(agent.prefix(200)))),
            ("origin", origin.map { .text(String($0.prefix(200))) }), ("key", shown.map { .text(String($0)) }),
        ]
    }
}
