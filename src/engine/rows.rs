//! Tables of which few rows are ever filled: making, forgetting and dropping one costs what is in it.

/// Rows by position, each made when it is first filled.
pub(super) struct Rows<T> {
    /// For each position, one more than the place of its row; 0 where there is none yet.
    places: Vec<u16>,
    rows: Vec<Vec<Option<T>>>,
}

impl<T: Clone> Rows<T> {
    /// So many positions, all empty.
    pub(super) fn new(positions: usize) -> Self {
        Self { places: vec![0; positions], rows: Vec::new() }
    }

    /// What stands at a column of a row.
    pub(super) fn get(&self, position: usize, column: usize) -> Option<&T> {
        let place = usize::from(*self.places.get(position)?).checked_sub(1)?;
        self.rows.get(place)?.get(column)?.as_ref()
    }

    /// Puts a value at a column of a row of that length.
    pub(super) fn put(&mut self, position: usize, column: usize, length: usize, value: T) {
        let Some(place) = self.places.get_mut(position) else { return };
        if *place == 0 {
            // More rows than a place can name are not kept, and so computed each time.
            let Ok(next) = u16::try_from(self.rows.len() + 1) else { return };
            self.rows.push(Vec::new());
            *place = next;
        }
        let Some(row) = self.rows.get_mut(usize::from(*place) - 1) else { return };
        if row.is_empty() {
            row.resize(length, None);
        }
        if let Some(slot) = row.get_mut(column) {
            *slot = Some(value);
        }
    }

    /// Forgets one row.
    pub(super) fn forget(&mut self, position: usize) {
        let place = self.places.get(position).and_then(|place| usize::from(*place).checked_sub(1));
        if let Some(row) = place.and_then(|place| self.rows.get_mut(place)) {
            row.clear();
        }
    }

    /// Forgets every row.
    pub(super) fn forget_all(&mut self) {
        self.rows.iter_mut().for_each(Vec::clear);
    }
}

#[cfg(test)]
mod tests {
    use super::Rows;

    #[test]
    fn a_row_holds_what_was_put_until_it_is_forgotten() {
        let mut rows = Rows::new(3);
        rows.put(2, 1, 4, 'a');
        rows.put(0, 3, 4, 'b');
        rows.put(7, 0, 4, 'c');
        assert_eq!(
            [rows.get(2, 1), rows.get(0, 3), rows.get(2, 0), rows.get(1, 0)],
            [Some(&'a'), Some(&'b'), None, None]
        );
        rows.forget(2);
        assert_eq!([rows.get(2, 1), rows.get(0, 3)], [None, Some(&'b')]);
        rows.put(2, 0, 4, 'd');
        rows.forget_all();
        assert_eq!([rows.get(2, 0), rows.get(0, 3)], [None, None]);
    }
}
