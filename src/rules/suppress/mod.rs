pub(super) mod unused;
