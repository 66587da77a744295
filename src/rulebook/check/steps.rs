//! A step comes after other steps of the same program.

use crate::kernel::{did_you_mean, nearest};

use super::super::book::Program;
use super::super::fault::Report;
use super::super::places::Places;

/// Tells each step that comes after none of its program.
pub(in crate::rulebook) fn check(program: &Program, places: &Places, report: &mut Report) {
    for step in &program.steps {
        for after in &step.says.after {
            let id = &step.says.id;
            if after != id && places.has_step(&program.module, after) {
                continue;
            }
            let message = format!("the step `{id}` comes after `{after}`, which is no step of this program");
            let known = program.steps.iter().map(|step| step.says.id.as_str()).filter(|known| known != id);
            let help = did_you_mean(nearest(after, known), "name the id of another step of this program");
            places.of_step_after(&program.module, id, after).fault("unknown-step", message, &help, report);
        }
    }
}
