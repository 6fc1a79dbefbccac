import Analytics

extension ID {
    /// - Throws: `RegistryFailure.malformed`
    init(stored id: Int) throws(RegistryFailure) {
        guard let id = Int32(exactly: id) else { throw .malformed }
        self.init(rawValue: id)
    }
}
