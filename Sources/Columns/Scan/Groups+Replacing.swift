extension Groups {
    /// The same groups with more values of the dimensions.
    ///
    /// - Parameter sizes: The numbers of values, at least those of before.
    /// - Returns: The groups.
    func resized(to sizes: [Int]) -> Groups {
        guard sizes != self.sizes else { return self }
        var groups = Groups(sizes: sizes, extent)
        (groups.visitors, groups.countsDatedVisitors) = (visitors, countsDatedVisitors)
        (groups.loose, groups.otherCurrencies) = (loose, otherCurrencies)
        for place in counted { groups.add(self, place, at: Int(groups.place(of: key(at: place)))) }
        return groups
    }

    /// Replaces what some visitors have in the groups.
    ///
    /// - Parameters:
    ///   - former: What they had, with the same values of the dimensions.
    ///   - current: What they have.
    /// - Returns: False if it cannot be told what is left; the groups mean nothing then.
    mutating func replace(_ former: Groups, by current: Groups) -> Bool {
        // Of others none may be dated.
        guard current.countsDatedVisitors || !former.countsDatedVisitors, !extent.values else { return false }
        add(current)
        guard visitors >= former.visitors, loose >= former.loose else { return false }
        visitors -= former.visitors
        loose -= former.loose
        otherCurrencies -= former.otherCurrencies
        for from in former.counted {
            let place = isDirect ? from : Int(self.place(of: former.key(at: from)))
            let (tally, rare) = (former.tallies[from], former.rare[from])
            guard tallies[place].holds(tally), self.rare[place].holds(rare) else { return false }
            tallies[place].remove(tally)
            self.rare[place].remove(rare)
            if extent.visits { whole[place].remove(former.whole[from]) }
            if extent.engagement { engagement[place].remove(former.engagement[from]) }
        }
        return true
    }
}
