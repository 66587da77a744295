//! A list of an answer, which may be left out where it is empty.

use std::ops::{Deref, DerefMut};

use serde::{Serialize, Serializer};

/// A list. Told as it is; in a reply about every program it is left out where there is nothing in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed<T> {
    items: Vec<T>,
    left_out: bool,
}

impl<T> Listed<T> {
    /// Leaves it out if there is nothing in it.
    pub fn leave_out_if_empty(&mut self) {
        self.left_out = self.items.is_empty();
    }

    /// Whether it is left out.
    #[must_use]
    pub fn is_left_out(&self) -> bool {
        self.left_out && self.items.is_empty()
    }
}

impl<T> From<Vec<T>> for Listed<T> {
    fn from(items: Vec<T>) -> Self {
        Self { items, left_out: false }
    }
}

impl<T> FromIterator<T> for Listed<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        items.into_iter().collect::<Vec<T>>().into()
    }
}

impl<T> Deref for Listed<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.items
    }
}

impl<T> DerefMut for Listed<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.items
    }
}

impl<'l, T> IntoIterator for &'l Listed<T> {
    type Item = &'l T;
    type IntoIter = std::slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<'l, T> IntoIterator for &'l mut Listed<T> {
    type Item = &'l mut T;
    type IntoIter = std::slice::IterMut<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter_mut()
    }
}

impl<T: Serialize> Serialize for Listed<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.items.serialize(to)
    }
}
