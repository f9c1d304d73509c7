"""Look of the price book's forms: fields side by side on a desk, below one another on a phone; a lane's own colours."""

BOOK_CSS = """
.b-form { width: 960px; max-width: 100%; border-radius: 16px; }
.b-fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(200px, 1fr)); gap: 12px; width: 100%; }
.b-fields .q-field { min-width: 0; }
.b-wide { grid-column: 1 / -1; }
.b-head { font-size: 16px; font-weight: 700; margin-top: 8px; }
.b-lane { display: flex; gap: 20px; align-items: center; background: #EAF0EA; border-radius: 16px; padding: 16px;
  width: 100%; flex-wrap: wrap; }
.b-card { background: #fff; border-radius: 20px; padding: 16px; display: flex; gap: 16px; align-items: center;
  flex: 1 1 300px; min-width: 0; }
.b-picture { width: 132px; height: 132px; flex: 0 0 auto; background: #D3E9DD; border-radius: 12px; object-fit: contain;
  padding: 8px; }
.b-none { display: flex; align-items: center; justify-content: center; color: #55645C; font-size: 13px;
  text-align: center; }
.b-name { font-size: 22px; font-weight: 700; line-height: 1.15; overflow-wrap: anywhere; }
.b-price { font-size: 30px; font-weight: 800; letter-spacing: -.02em; }
.b-chips { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; width: 100%; }
.b-place { border: 1px solid #C9D5CD; border-radius: 12px; padding: 12px; width: 100%; display: flex;
  flex-direction: column; gap: 8px; }
.b-found { display: flex; flex-direction: column; width: 100%; }
.b-sum { display: flex; justify-content: space-between; gap: 16px; width: 100%; padding: 4px 0; }
.b-slip { background: #fff; border: 1px solid #C9D5CD; border-radius: 12px; padding: 12px 16px; width: 100%; }
.b-save { color: #12211B; background: #FFC83A; border-radius: 6px; padding: 2px 8px; font-weight: 700; }
@media (max-width: 640px) {
  .b-form { padding: 12px; }
  .b-fields { grid-template-columns: 1fr 1fr; }
  .b-picture { width: 96px; height: 96px; }
  .b-card { flex-basis: 100%; }
}
@media (max-width: 480px) {
  .b-fields { grid-template-columns: 1fr; }
}
"""
