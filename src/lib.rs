//! Onward tells a survivor of human trafficking which help the law gives today, why, and what to do first.
//!
//! Data flows one way: [`kernel`] -> [`language`] -> [`vocabulary`] -> [`rulebook`] -> [`engine`] -> [`answer`] -> [`api`], [`cli`].

pub mod answer;
pub mod api;
pub mod cli;
pub mod engine;
pub mod kernel;
pub mod language;
pub mod rulebook;
pub mod today;
pub mod vocabulary;
