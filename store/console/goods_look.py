"""Look of the goods pages: lists that read the same on a phone and on a wide screen."""

GOODS_CSS = """
.g-bar { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; width: 100%; }
.g-grow { flex: 1 1 240px; min-width: 0; }
.g-scan { height: 56px; border: 2px solid #0B6448; border-radius: 4px; padding: 0 12px; background: #fff;
  font-size: 16px; }
.g-scan:focus { outline: 3px solid #FFC83A; }
.g-line { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 4px 16px; align-items: center;
  width: 100%; padding: 10px 16px; border-bottom: 1px solid #E1E8E3; }
.g-line:last-child { border-bottom: 0; }
.g-line .g-name { font-weight: 600; font-size: 15px; overflow-wrap: anywhere; }
.g-line .g-what { color: #55645C; font-size: 13px; overflow-wrap: anywhere; }
.g-much { text-align: right; font-size: 16px; font-weight: 600; white-space: nowrap; }
.g-act { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; justify-content: flex-end; }
.g-open { cursor: pointer; }
.g-open:hover .g-name { text-decoration: underline; }
.g-head { font-size: 18px; font-weight: 700; margin: 8px 0 0; }
.g-empty { padding: 20px 16px; color: #55645C; }
.g-wrong { color: #A3261B; font-weight: 600; }
.g-badge { background: #EAF0EA; border-radius: 8px; padding: 2px 10px; font-size: 13px; font-weight: 600; }
.g-badge.wait { background: #FFF8E3; color: #8A4B00; }
.g-badge.bad { background: #FBE9E7; color: #A3261B; }
@media (max-width: 700px) {
  .k-page { padding: 12px; }
  .k-row { grid-template-columns: minmax(0, 1fr) auto; gap: 4px 12px; padding: 10px 12px; }
  .k-row > :nth-child(1) { grid-area: 2 / 1; font-size: 13px; }
  .k-row > :nth-child(2) { grid-area: 1 / 1; font-weight: 600; }
  .k-row > :nth-child(3) { grid-area: 1 / 2; }
  .k-row > :nth-child(4) { grid-area: 2 / 2; font-size: 13px; }
  .k-row > :nth-child(5) { grid-area: 3 / 1 / 4 / 3; width: 100%; }
  .k-row.head { display: none; }
  .g-line { padding: 10px 12px; }
  .g-line.tall { grid-template-columns: minmax(0, 1fr); }
  .g-line.tall .g-act { justify-content: flex-start; }
}
"""
