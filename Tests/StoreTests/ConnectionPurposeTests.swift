import Testing

@testable import Store

/// The list of connections to the database.
struct ConnectionPurposeTests {
    @Test(arguments: [(4, 4), (1, 1), (64, 64), (2, 9)])
    func theSumsFollowFromTheList(writers: Int, readers: Int) {
        var configuration = PostgresStore.Configuration()
        configuration.writers = writers
        configuration.readers = readers
        #expect(configuration.connections == writers + readers + 9)
        #expect(configuration.roomForConnections == writers + readers + 29)
    }

    /// With too few connections, storing is served first.
    @Test func storingIsServedFirst() {
        let order = ConnectionPurpose.allCases.sorted { $0.rank < $1.rank }
        #expect(order.prefix(4) == [.storing, .answering, .maintaining, .following])
    }

    @Test func whoeverKeepsConnectionsTakesARole() {
        for purpose in ConnectionPurpose.allCases {
            #expect((purpose.role != nil) == purpose.isLasting)
            #expect(purpose.setup.isEmpty == (purpose.role == nil))
        }
    }
}
